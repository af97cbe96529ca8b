// Stands in for the deprecated `request`, which danfojs-node uses only to read remote CSV files.
module.exports = () => {
  throw new Error('request: remote files are not read here; download the file and read it from disk');
};
