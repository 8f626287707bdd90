const externals = require("webpack-node-externals");

module.exports = {
  target: "node",
  entry: "./src/main.ts",
  externals: [externals()],
  output: { filename: "main.js", path: __dirname + "/dist" },
  resolve: { extensions: [".ts", ".js"] },
  module: { rules: [{ test: /\.ts$/, loader: "ts-loader", options: { transpileOnly: true } }] },
};
