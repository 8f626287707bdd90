const express = require("express");
const fs = require("node:fs");
const { word } = require("@x/shared");

express().get("/", (_, res) => res.send(word + " " + fs.readFileSync("public/main.js", "utf8").includes("shared"))).listen(8000);
