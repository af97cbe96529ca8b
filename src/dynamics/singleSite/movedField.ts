// Which fields a sampler of single sites or of clusters moves, and which it starts from.
import { randomLabels, randomSpins, type Field } from '../../fields/index.js';
import type { RunPosition, Recipe } from '../makeSampler.js';

export interface MovedField {
  readonly caller: string;
  /** What moves the field, in errors: 'the rule' by default. */
  readonly moves?: string;
  readonly codomain: Field['codomain'];
  /** Number of labels of a 'potts' field. */
  readonly states?: number | undefined;
}

/** Spins +-1, or labels 0 ... states - 1. */
export const spinsOrLabels = (caller: string, states: number | undefined): MovedField => ({
  caller,
  states,
  codomain: states === undefined ? 'spin' : 'potts',
});

/** What a node can take. */
export const possibleValues = (states: number | undefined): number[] =>
  states === undefined ? [-1, 1] : Array.from({ length: states }, (_, label) => label);

export const valuesText = (states: number | undefined): string =>
  states === undefined ? 'spins' : `${states} labels`;

/**
 * Starts from spins or labels at random; a continuous field is made up as `makeSampler` does. Moves of real
 * fields take every continuous one.
 */
export function movesField(
  { caller, moves = 'the rule', codomain, states }: MovedField,
  nodes: number,
  hasOneComponent: boolean,
): Required<Pick<Recipe<RunPosition>, 'check'>> & Pick<Recipe<RunPosition>, 'initialField'> {
  return {
    ...((states !== undefined || codomain === 'spin') && {
      initialField({ components, chains, seed }) {
        const shape = { sites: nodes, components, chains, seed };
        return states === undefined ? randomSpins(shape) : randomLabels({ ...shape, states });
      },
    }),
    check(field) {
      const fits =
        field.codomain === codomain ||
        (codomain === 'real' && field.codomain !== 'spin' && field.codomain !== 'potts');
      if (!fits)
        throw new TypeError(`${caller}: ${moves} moves ${codomain} fields, got a ${field.codomain} field`);
      if (states !== undefined && field.states !== states) {
        throw new RangeError(
          `${caller}: ${moves} moves fields of ${states} labels, got one of ${field.states}`,
        );
      }
      if (field.gauge === 'centred') {
        throw new RangeError(
          `${caller}: single-site moves shift the mean; the field must be free or pinned, got centred`,
        );
      }
      if (hasOneComponent && field.components !== 1) {
        throw new RangeError(
          `${caller}: compiled sweeps and clusters move fields of one component, got ${field.components}`,
        );
      }
    },
  };
}
