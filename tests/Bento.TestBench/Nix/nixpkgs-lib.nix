# The few functions of nixpkgs' lib that utils/bento.nix uses, and what a test needs to evaluate a module without nixpkgs.
rec {
  mkOption = option: option // { isOption = true; };
  mkEnableOption = description: { isOption = true; type = types.bool; default = false; description = "Whether to enable ${description}."; };
  mkIf = condition: value: if condition then value else { };
  mkDefault = value: value;
  optional = condition: value: if condition then [ value ] else [ ];
  optionals = condition: values: if condition then values else [ ];
  literalExpression = text: text;
  types = {
    str = { description = "string"; };
    package = { description = "package"; };
    path = { description = "absolute path"; };
    bool = { description = "boolean"; };
    port = { description = "16 bit unsigned integer; between 0 and 65535 (both inclusive)"; };
    anything = { description = "anything"; };
    ints = {
      between = least: most: { description = "integer between ${toString least} and ${toString most} (both inclusive)"; };
      unsigned = { description = "unsigned integer, meaning >=0"; };
    };
    listOf = type: { description = "list of ${type.description}"; };
    nonEmptyListOf = type: { description = "non-empty (list of ${type.description})"; };
    attrsOf = type: { description = "attribute set of ${type.description}"; };
    nullOr = type: { description = "null or ${type.description}"; };
  };
  concatStrings = builtins.concatStringsSep "";

  hasPrefix = prefix: text: builtins.substring 0 (builtins.stringLength prefix) text == prefix;
  fakeHash = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  makeLibraryPath = packages: builtins.concatStringsSep ":" (map (package: "${package}/lib") packages);
  licenses.mit = "MIT";

  mapAttrsToList = function: set: map (name: function name set.${name}) (builtins.attrNames set);
  filterAttrs = keeps: set: removeAttrs set (builtins.filter (name: !keeps name set.${name}) (builtins.attrNames set));
  merge = builtins.foldl' (all: more: all // more) { };

  # What the options come to: what was given, else their defaults.
  fill = options: given: builtins.mapAttrs
    (name: option: if option ? isOption then given.${name} or option.default else fill option (given.${name} or { }))
    options;
}
