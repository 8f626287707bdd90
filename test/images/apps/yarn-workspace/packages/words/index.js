exports.word = 'linked';
