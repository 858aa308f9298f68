/** Words that a statement begins with, in a regular expression; those that sentences begin with as often are left out. */
export const VERBS =
  "create|insert|begin|start|select|update|delete|set|drop|alter|lock|unlock|replace|commit|rollback|with|show|explain|desc|use(?=\\s+\\S+\\s*;?\\s*$)|call|truncate|savepoint|release|flush|kill|rename|analyze|optimize|xa|prepare|execute";
