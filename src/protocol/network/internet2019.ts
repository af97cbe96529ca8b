// Measured means of the public internet, 2019: delays between regions in milliseconds, upload bandwidths in
// bits per second, and the shares of Bitcoin's reachable nodes in each region. Source: Aoki, Otsuki, Kaneko,
// Banno, Shudo, "SimBlock: a blockchain network simulator" (2019), doi:10.1109/INFCOMW.2019.8845253,
// parameters of its release for 2019, which are from verizon.com (delays),
// testmy.net (bandwidths) and bitnodes.io (regions).

/**
 * Delays (ms) and upload bandwidths (bits per second) between regions of the internet of 2019, as published.
 *
 * @example
 * const { regions, delays } = protocol.internet2019;
 * delays[regions.indexOf('Japan')][regions.indexOf('Europe')]; // 252, in milliseconds
 */
export const internet2019 = {
  regions: ['North America', 'Europe', 'South America', 'Asia Pacific', 'Japan', 'Australia'],
  shares: [0.3316, 0.4998, 0.009, 0.1177, 0.0224, 0.0195],
  delays: [
    [32, 124, 184, 198, 151, 189],
    [124, 11, 227, 237, 252, 294],
    [184, 227, 88, 325, 301, 322],
    [198, 237, 325, 85, 58, 198],
    [151, 252, 301, 58, 12, 126],
    [189, 294, 322, 198, 126, 16],
  ],
  uploads: [19.2e6, 20.7e6, 5.8e6, 15.7e6, 10.2e6, 11.3e6],
} as const;
