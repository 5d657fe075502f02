namespace Bento.Cli.Help;

/// <summary>Scripts that make a shell ask the program itself what could come next, so that they never grow old.</summary>
internal static class CompletionScript
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        // Bash takes '@' and ':' for ends of words, so the word is taken from the line. Descriptions are shown where there is a choice, and
        // never inserted.
        ["bash"] = """
            # eval "$(bento completion bash)"
            _bento() {
                local line="${COMP_LINE:0:COMP_POINT}" typed label description
                typed="${line##* }"
                local known="${typed%"${COMP_WORDS[COMP_CWORD]}"}"
                COMPREPLY=()
                while IFS=$'\t' read -r label description; do
                    [[ "$label" == "$typed"* ]] || continue
                    COMPREPLY+=("$(printf '%-20s  (%s)' "${label#"$known"}" "${description:-$label}")")
                done < <("${COMP_WORDS[0]}" "[complete]" "$line" 2>/dev/null)
                if [ "${#COMPREPLY[@]}" = 1 ]; then COMPREPLY=("${COMPREPLY[0]%% *}"); fi
            }
            complete -o default -o nosort -F _bento bento

            """,
        ["zsh"] = """
            #compdef bento
            # eval "$(bento completion zsh)"
            _bento() {
                local line="${(j: :)words[1,CURRENT]}" item
                local -a found
                for item in "${(@f)$("${words[1]}" "[complete]" "$line" 2>/dev/null)}"; do
                    [[ -n "$item" ]] && found+=("${${item%%$'\t'*}//:/\\:}:${item#*$'\t'}")
                done
                if (( ${#found} )); then _describe -t bento bento found; else _files; fi
            }
            compdef _bento bento

            """,
        ["fish"] = """
            # bento completion fish | source
            function __bento_complete
                bento "[complete]" (commandline --cut-at-cursor) 2>/dev/null
            end
            complete --command bento --arguments '(__bento_complete)'

            """,
    };
}
