import { defineSubgraph } from '../define-subgraph.js';

export default defineSubgraph({
  name: 'product',
  description:
    'The weather in cities around the world: what it is like right now, and its history day by day.',
  production: 'Open-Meteo HTTP API',
  open: async ({ environment, audit }) => {
    const { openProduct } = await import('./open-product.js');
    return openProduct({ environment, audit, now: () => new Date(), random: Math.random });
  },
  glossary: {
    weather: ['currentWeather', 'dailyWeather'],
    'right now': 'currentWeather',
    'weather history': 'dailyWeather',
    high: ['currentWeather.temperatureMax', 'dailyWeather.temperatureMax'],
    hot: ['currentWeather.temperatureMax', 'dailyWeather.temperatureMax'],
    low: ['currentWeather.temperatureMin', 'dailyWeather.temperatureMin'],
    cold: ['currentWeather.temperatureMin', 'dailyWeather.temperatureMin'],
    rain: ['currentWeather.precipitation', 'dailyWeather.precipitation'],
    rainfall: ['currentWeather.precipitation', 'dailyWeather.precipitation'],
    'rain fell': 'dailyWeather.precipitation',
    snow: "dailyWeather.conditions = 'snow'",
    sunny: "dailyWeather.conditions = 'sun'",
    rainy: "dailyWeather.conditions = 'rain'",
    wind: ['currentWeather.windSpeed', 'dailyWeather.windSpeed'],
  },
  examples: ['What is the weather like right now in New York City in degrees Fahrenheit?'],
});
