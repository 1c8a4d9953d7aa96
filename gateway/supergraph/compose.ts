import { type DocumentNode, type GraphQLError, parse } from 'graphql';
import { AskgraphError } from '../../schema/errors.js';
import { markExternalFields } from './interface-objects.js';
import { mergeFieldTypes } from './merge-field-types.js';
import { nameRequiredMembers } from './required-members.js';

/** One subgraph, as composition takes it. */
export interface SubgraphSource {
  readonly name: string;
  readonly sdl: string;
  /** Where its server answers; for one in process any name of it that tells people so. */
  readonly url: string;
}

/**
 * Joins subgraphs into the SDL of one supergraph.
 * Throws COMPOSITION_FAILED with every error that was found, in its message and in `details.errors`.
 */
export async function composeSupergraph(subgraphs: readonly SubgraphSource[]): Promise<string> {
  const { composeServices } = await import('@theguild/federation-composition');
  const services = subgraphs.map(({ name, sdl, url }) => ({
    name,
    url,
    typeDefs: nameRequiredMembers(parseSubgraph(name, sdl)),
  }));
  const composed = composeServices(services);
  if (composed.errors !== undefined) throw compositionFailed(composed.errors.map(describe));
  return mergeFieldTypes(markExternalFields(composed.supergraphSdl, services), services);
}

/** The error of a composition that has failed, whatever found it. */
export function compositionFailed(errors: readonly string[]): AskgraphError {
  return new AskgraphError(
    'COMPOSITION_FAILED',
    `The subgraphs do not compose:\n${errors.map((error) => `- ${error}`).join('\n')}`,
    { details: { errors } },
  );
}

/** Parses a subgraph's SDL, or says in which subgraph it is broken. */
export function parseSubgraph(name: string, sdl: string): DocumentNode {
  try {
    return parse(sdl, { noLocation: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AskgraphError('COMPOSITION_FAILED', `The SDL of subgraph "${name}" does not parse: ${reason}`, {
      domain: name,
      cause,
    });
  }
}

function describe(error: GraphQLError): string {
  const code = error.extensions.code;
  return typeof code === 'string' ? `${code}: ${error.message}` : error.message;
}
