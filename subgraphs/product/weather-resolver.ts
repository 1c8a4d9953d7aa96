import 'reflect-metadata';
import { Args, Ctx, FieldResolver, ObjectType, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../request-context.js';
import { CurrentWeatherArguments, DailyWeatherArguments, unitsOf } from './weather-arguments.js';
import { currentPayload, dailyPayload } from './weather-payloads.js';
import type { WeatherService } from './weather-service.js';
import { ProductCurrentWeather, ProductDailyWeather } from './weather-types.js';

const DESCRIPTION =
  'The product domain: current weather and daily weather history by city, from a weather API.';

@ObjectType('ProductQuery', { description: DESCRIPTION })
export class ProductQuery {}

@Resolver(() => ProductQuery)
export class WeatherResolver {
  constructor(private readonly weather: WeatherService) {}

  @Query(() => ProductQuery, { nullable: true, description: DESCRIPTION })
  product(): ProductQuery {
    return new ProductQuery();
  }

  @FieldResolver(() => ProductCurrentWeather, {
    nullable: true,
    description:
      'What the weather is like right now in a city: temperature, conditions, wind, precipitation.',
  })
  async currentWeather(
    @Args(() => CurrentWeatherArguments) { city, ...unitArguments }: CurrentWeatherArguments,
    @Ctx() context: RequestContext,
  ): Promise<ProductCurrentWeather> {
    const units = unitsOf(unitArguments);
    return currentPayload(await this.weather.current(city, units, context), units, this.weather.sourceName);
  }

  @FieldResolver(() => ProductDailyWeather, {
    nullable: true,
    description: 'What the weather was like in a city on each day of a range of dates.',
  })
  async dailyWeather(
    @Args(() => DailyWeatherArguments) { city, from, to, ...unitArguments }: DailyWeatherArguments,
    @Ctx() context: RequestContext,
  ): Promise<ProductDailyWeather> {
    const units = unitsOf(unitArguments);
    const answer = await this.weather.days(city, { from, to }, units, context);
    return dailyPayload(answer, units, this.weather.sourceName);
  }
}
