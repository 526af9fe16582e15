// Files named on the command line run alone; without any, all tests run.
const named = process.argv.slice(2).some((word) => word.endsWith('.test.ts'));

module.exports = {
  spec: named ? [] : ['test/**/*.test.ts'],
  timeout: 30_000,
  reporter: 'dot',
  forbidOnly: true,
};
