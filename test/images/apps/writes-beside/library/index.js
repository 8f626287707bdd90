exports.greeting = 'hello from a linked package';
