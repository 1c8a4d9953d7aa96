import 'reflect-metadata';
import { ArgsType, Field } from 'type-graphql';
import { dateScalar } from './date-scalar.js';
import { ProductSpeedUnit, ProductTemperatureUnit } from './weather-types.js';
import type { SpeedUnit, TemperatureUnit, Units } from './weather-units.js';

// One decorator for each argument, so that it reads the same wherever it stands; classes that inherit arguments would
// put the units before the city.
const CityArgument = Field(() => String, {
  description: 'Name of a city, such as New York City, or with its state or country: Seattle, WA.',
});
const TemperatureUnitArgument = Field(() => ProductTemperatureUnit, {
  defaultValue: ProductTemperatureUnit.CELSIUS,
  description: 'Unit to give temperatures in.',
});
const SpeedUnitArgument = Field(() => ProductSpeedUnit, {
  defaultValue: ProductSpeedUnit.KILOMETERS_PER_HOUR,
  description: 'Unit to give wind speeds in.',
});

/** The units that a client wants readings in: arguments of every field that gives any. */
@ArgsType()
export class UnitArguments {
  @TemperatureUnitArgument
  temperatureUnit!: TemperatureUnit;

  @SpeedUnitArgument
  speedUnit!: SpeedUnit;
}

@ArgsType()
export class CurrentWeatherArguments implements UnitArguments {
  @CityArgument
  city!: string;

  @TemperatureUnitArgument
  temperatureUnit!: TemperatureUnit;

  @SpeedUnitArgument
  speedUnit!: SpeedUnit;
}

@ArgsType()
export class DailyWeatherArguments implements UnitArguments {
  @CityArgument
  city!: string;

  @Field(() => dateScalar, { description: 'First day of the range.' })
  from!: string;

  @Field(() => dateScalar, { description: 'Last day of the range, which is part of it.' })
  to!: string;

  @TemperatureUnitArgument
  temperatureUnit!: TemperatureUnit;

  @SpeedUnitArgument
  speedUnit!: SpeedUnit;
}

export function unitsOf({ temperatureUnit, speedUnit }: UnitArguments): Units {
  return { temperature: temperatureUnit, speed: speedUnit };
}
