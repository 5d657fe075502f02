namespace Bento.Cli.Help;

/// <summary>Scripts that make a shell ask the program itself what could come next, so that they never grow old.</summary>
internal static class CompletionScript
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["bash"] = """
            # eval "$(bento completion bash)"
            _bento() {
                local word="${COMP_WORDS[COMP_CWORD]}" line="${COMP_LINE:0:COMP_POINT}"
                mapfile -t COMPREPLY < <(compgen -W "$("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null)" -- "$word")
            }
            complete -o default -F _bento bento

            """,
        ["zsh"] = """
            #compdef bento
            # eval "$(bento completion zsh)"
            _bento() {
                local line="${(j: :)words[1,CURRENT]}"
                local -a found=("${(@f)$("${words[1]}" "[suggest:${#line}]" "$line" 2>/dev/null)}")
                compadd -- $found || _files
            }
            compdef _bento bento

            """,
        ["fish"] = """
            # bento completion fish | source
            function __bento_complete
                set -l line (commandline --cut-at-cursor)
                bento "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
            end
            complete --command bento --arguments '(__bento_complete)'

            """,
    };
}
