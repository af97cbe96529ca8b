// Audit of the ledger as data: the rules that every row must satisfy.
import type { Claim, Quantity, Region } from './claim.js';
import { ledger } from './ledger.js';

/**
 * Faults of the ledger in words; empty for a valid ledger.
 *
 * A row has a quote or says what is absent; a measured row has evidence that can support or refute it; every
 * other row has a written argument, a theorem also a source with its DOI, and no numbers but controls. A row
 * is withdrawn or under revision, not both, and a sentence says why.
 *
 * @example claims.ledgerFaults(); // []
 */
export function ledgerFaults(claims: readonly Claim[] = ledger()): string[] {
  const ids = claims.map((claim) => claim.id);
  const repeated = ids.filter((id, i) => ids.indexOf(id) < i).map((id) => `${id}: appears twice`);
  return [
    ...repeated,
    ...claims.flatMap((claim) => rowFaults(claim).map((fault) => `${claim.id}: ${fault}`)),
  ];
}

function rowFaults(claim: Claim): string[] {
  const {
    quote,
    absent,
    notebook,
    kind,
    argument,
    source = '',
    withdrawn,
    underRevision,
    quantities,
  } = claim;
  const why = withdrawn ?? underRevision;
  const hasEvidence = Object.values(quantities).some(({ role }) => role === 'evidence');
  const isMeasured = kind === 'measured';
  const rules: readonly (readonly [isBroken: boolean, fault: string])[] = [
    [(quote === null) !== (absent !== undefined), 'needs either a quote or a word on its absence'],
    [!/^\d\d-[a-z0-9-]+$/.test(notebook), `notebook ${JSON.stringify(notebook)} has no number and name`],
    [isMeasured && !hasEvidence, 'is measured and declares no evidence'],
    [!isMeasured && !argument, `is a ${kind} without a written argument`],
    [!isMeasured && hasEvidence, `is a ${kind} and cannot have evidence, only controls`],
    [withdrawn !== undefined && underRevision !== undefined, 'is withdrawn and under revision at once'],
    [why !== undefined && !/^\S.*\.$/.test(why), 'has a mark without a sentence that says why'],
    [kind === 'theorem' && !/doi:10\.\d{4,}\//.test(source), 'is a theorem without a DOI'],
  ];
  const faults = Object.entries(quantities).flatMap(([name, quantity]) =>
    quantityFaults(quantity).map((fault) => `${name} ${fault}`),
  );
  return [...rules.filter(([isBroken]) => isBroken).map(([, fault]) => fault), ...faults];
}

function quantityFaults(quantity: Quantity): string[] {
  if (quantity.role === 'control') return regionFaults(quantity.requires);
  const { supports, refutes } = quantity;
  const isTouching = supports.some(([a, b]) => refutes.some(([c, d]) => a <= d && c <= b));
  const gap = isTouching ? ['leaves no gap between support and refutation'] : [];
  return [...regionFaults(supports), ...regionFaults(refutes), ...gap];
}

function regionFaults(region: Region): string[] {
  if (region.length === 0) return ['has an empty region'];
  return region.some(([low, high]) => !(low <= high)) ? ['has a reversed interval'] : [];
}
