# The few functions of nixpkgs' lib that utils/bento.nix uses, and what a test needs to evaluate a module without nixpkgs.
rec {
  mkOption = option: option // { isOption = true; };
  mkEnableOption = description: { isOption = true; default = false; };
  mkIf = condition: value: if condition then value else { };
  mkDefault = value: value;
  optional = condition: value: if condition then [ value ] else [ ];
  optionals = condition: values: if condition then values else [ ];
  literalExpression = text: text;
  types = {
    str = { }; package = { }; bool = { }; port = { }; anything = { };
    ints = { between = least: most: { }; unsigned = { }; };
    listOf = type: { }; nonEmptyListOf = type: { }; attrsOf = type: { }; nullOr = type: { };
  };

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
