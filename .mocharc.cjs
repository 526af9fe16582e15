// Files named on the command line run alone; without any, all tests run.
const named = process.argv.slice(2).some((word) => word.endsWith('.test.ts'));

module.exports = {
  spec: named ? [] : ['test/**/*.test.ts'],
  timeout: 30_000,
  reporter: 'dot',
  forbidOnly: true,
  // What a failed test has left open does not hold up the whole run; in a file run alone it is noticed.
  exit: !named,
};
