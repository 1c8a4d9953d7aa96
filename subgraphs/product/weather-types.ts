import 'reflect-metadata';
import { Field, Float, ObjectType, registerEnumType } from 'type-graphql';
import { dateScalar } from './date-scalar.js';
import type { SpeedUnit, TemperatureUnit } from './weather-units.js';

export const ProductTemperatureUnit = { CELSIUS: 'CELSIUS', FAHRENHEIT: 'FAHRENHEIT' } as const;
registerEnumType(ProductTemperatureUnit, {
  name: 'ProductTemperatureUnit',
  description: 'The unit of temperatures.',
  valuesConfig: {
    CELSIUS: { description: 'Degrees Celsius (°C).' },
    FAHRENHEIT: { description: 'Degrees Fahrenheit (°F).' },
  },
});

export const ProductSpeedUnit = {
  KILOMETERS_PER_HOUR: 'KILOMETERS_PER_HOUR',
  MILES_PER_HOUR: 'MILES_PER_HOUR',
} as const;
registerEnumType(ProductSpeedUnit, {
  name: 'ProductSpeedUnit',
  description: 'The unit of wind speeds.',
  valuesConfig: {
    KILOMETERS_PER_HOUR: { description: 'Kilometers per hour (km/h).' },
    MILES_PER_HOUR: { description: 'Miles per hour (mph).' },
  },
});

@ObjectType('ProductPlace', { description: 'A city, as the weather source knows it.' })
export class ProductPlace {
  @Field(() => String, { description: 'Name of the city, such as New York.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'State, province or region of the city.' })
  region!: string | null;

  @Field(() => String, { nullable: true, description: 'Country of the city.' })
  country!: string | null;

  @Field(() => Float, { description: 'Latitude in degrees, positive in the north.' })
  latitude!: number;

  @Field(() => Float, { description: 'Longitude in degrees, positive in the east.' })
  longitude!: number;

  @Field(() => String, { description: 'Time zone of the city, such as America/New_York.' })
  timeZone!: string;
}

@ObjectType('ProductWeatherDay', {
  description: 'The weather in a city on one day: one row per city and day.',
})
export class ProductWeatherDay {
  @Field(() => String, { description: 'City that the weather was observed in.' })
  city!: string;

  @Field(() => dateScalar, { description: 'Date of the observation, in local time.' })
  observedOn!: string;

  @Field(() => Float, {
    nullable: true,
    description:
      'Highest temperature of the day (the high). For a day that is not over, the highest expected.',
  })
  temperatureMax!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Lowest temperature of the day (the low). For a day that is not over, the lowest expected.',
  })
  temperatureMin!: number | null;

  @Field(() => ProductTemperatureUnit, { description: 'Unit of the temperatures in this row.' })
  temperatureUnit!: TemperatureUnit;

  @Field(() => Float, {
    nullable: true,
    description: 'Precipitation (rain and melted snow) of the day, in millimeters.',
  })
  precipitation!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Wind speed: at the time of the observation where it has one, else the average of the day.',
  })
  windSpeed!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Highest wind speed of the day; null where the source measures only the average.',
  })
  windSpeedMax!: number | null;

  @Field(() => ProductSpeedUnit, { description: 'Unit of the wind speeds in this row.' })
  windSpeedUnit!: SpeedUnit;

  @Field(() => String, {
    nullable: true,
    description:
      'The weather conditions in words: sun, clear, mainly clear, partly cloudy, overcast, fog, drizzle, ' +
      'freezing drizzle, rain, freezing rain, rain showers, snow, snow showers, thunderstorm or thunderstorm with hail.',
  })
  conditions!: string | null;

  @Field(() => String, { description: 'Who observed the weather, for naming the source.' })
  source!: string;
}

@ObjectType('ProductWeather', {
  description:
    'The current weather in a city: the latest observation, with its date. Where the source has only daily ' +
    'observations, there is no temperature of the moment but the high and the low of that day.',
})
export class ProductWeather extends ProductWeatherDay {
  @Field(() => String, {
    nullable: true,
    description: 'Local time of the observation, such as 14:45; null where it stands for the whole day.',
  })
  observedAt!: string | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Temperature at the time of the observation; null where the source has only the high and the low of the day.',
  })
  temperature!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Relative humidity in percent; null where the source does not measure it.',
  })
  humidity!: number | null;
}

@ObjectType('ProductCurrentWeather', {
  description: 'The current weather in a city, or the reason why there is none.',
})
export class ProductCurrentWeather {
  @Field(() => ProductWeather, { nullable: true, description: 'The weather; null where there is none.' })
  weather!: ProductWeather | null;

  @Field(() => ProductPlace, { nullable: true, description: 'The city that was found for the name.' })
  place!: ProductPlace | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why there is no weather: the city is not known, or nothing has been observed yet.',
  })
  reason!: string | null;
}

@ObjectType('ProductDailyWeather', {
  description: 'The weather history of a city, day by day, or the reason why there is none.',
})
export class ProductDailyWeather {
  @Field(() => [ProductWeatherDay], {
    description: 'One row per observed day, oldest first; days without an observation are left out.',
  })
  days!: ProductWeatherDay[];

  @Field(() => ProductPlace, { nullable: true, description: 'The city that was found for the name.' })
  place!: ProductPlace | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why there are no days: the city is not known, or nothing was observed in that time.',
  })
  reason!: string | null;
}
