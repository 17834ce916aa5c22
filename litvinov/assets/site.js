// What the pages gain with JavaScript, a module for each part; without it everything still works.
import "./base.js";
import "./status.js";
import "./evidence.js";
import "./goal.js";
import "./consultation.js";
import "./grid.js";
import "./ordering.js";
import "./shortcuts.js";
import "./writing.js";
