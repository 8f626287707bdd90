import { word } from "@x/shared";
console.log(word);
