module.exports = { output: 'standalone', generateBuildId: () => 'same' };
