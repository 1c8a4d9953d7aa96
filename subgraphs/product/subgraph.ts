import { defineSubgraph } from '../define-subgraph.js';

export default defineSubgraph({
  name: 'product',
  description:
    'The weather in cities around the world: what it is like right now, and its history day by day.',
  production: 'Open-Meteo HTTP API',
  open: async ({ environment }) => {
    const { openProduct } = await import('./open-product.js');
    return openProduct({ environment, now: () => new Date(), random: Math.random });
  },
  glossary: {
    weather: 'currentWeather',
    'right now': 'currentWeather',
    'weather history': 'dailyWeather',
    high: 'currentWeather.temperatureMax',
    low: 'currentWeather.temperatureMin',
    rain: 'dailyWeather.precipitation',
    rainfall: 'dailyWeather.precipitation',
    'rain fell': 'dailyWeather.precipitation',
    wind: 'currentWeather.windSpeed',
  },
  examples: ['What is the weather like right now in New York City in degrees Fahrenheit?'],
});
