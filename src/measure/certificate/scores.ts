// Scores have mean zero under the declared law. Their average over independent replicas is compared with its
// error, the larger of the spread between replicas and the prediction of the local laws for independent records:
// where events are rare, the replicas may by chance not differ at all.
import { mean, variance } from '../../statistics/mean.js';

/** One replica's average score, the variance of one record's score under the law, and the records averaged. */
export interface Scores {
  readonly mean: number;
  readonly variance: number;
  readonly records: number;
}

/** Average score over its standard error; 0 where there is neither score nor error. */
export function deviation(replicas: readonly Scores[]): number {
  const means = replicas.map((replica) => replica.mean);
  const records = replicas.reduce((sum, replica) => sum + replica.records, 0);
  const seen = variance(means) / means.length;
  const predicted = mean(replicas.map((replica) => replica.variance)) / records;
  const average = mean(means);
  return average === 0 ? 0 : average / Math.sqrt(Math.max(seen, predicted));
}
