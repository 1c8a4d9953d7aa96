import 'reflect-metadata';
import { Args, Ctx, Directive, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../request-context.js';
import { UnitArguments, unitsOf } from './weather-arguments.js';
import { currentPayload } from './weather-payloads.js';
import type { WeatherService } from './weather-service.js';
import { ProductCurrentWeather } from './weather-types.js';

/** The venue of the sales domain, to which this domain adds the weather there. */
@ObjectType('SalesVenue')
@Directive('@key(fields: "venueid")')
export class SalesVenue {
  @Field(() => Int)
  venueid!: number;

  @Directive('@external')
  @Field(() => String, { nullable: true })
  venuecity?: string | null;

  @Directive('@external')
  @Field(() => String, { nullable: true })
  venuestate?: string | null;
}

@Resolver(() => SalesVenue)
export class SalesVenueResolver {
  constructor(private readonly weather: WeatherService) {}

  // The state tells cities of one name apart: Portland in Oregon from Portland in Maine.
  @Directive('@requires(fields: "venuecity venuestate")')
  @FieldResolver(() => ProductCurrentWeather, {
    nullable: true,
    description: "What the weather is like right now in the venue's city.",
  })
  async currentWeather(
    @Root() { venuecity, venuestate }: SalesVenue,
    @Args(() => UnitArguments) unitArguments: UnitArguments,
    @Ctx() context: RequestContext,
  ): Promise<ProductCurrentWeather> {
    const units = unitsOf(unitArguments);
    if (!venuecity) {
      const answer = { place: null, reading: null, reason: 'The city of the venue is not known.' };
      return currentPayload(answer, units, this.weather.sourceName);
    }
    const city = venuestate ? `${venuecity}, ${venuestate}` : venuecity;
    return currentPayload(await this.weather.current(city, units, context), units, this.weather.sourceName);
  }
}
