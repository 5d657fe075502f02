namespace Bento.Cli.Help;

/// <summary>An example or two of every command, for its help and for the manual page.</summary>
internal static class Examples
{
    private static readonly Dictionary<string, IReadOnlyList<string>> All = new(StringComparer.Ordinal)
    {
        ["init"] = ["bento init", "bento init --directory /srv/fleet"],
        ["host add"] = ["bento host add web --key 'ssh-ed25519 AAAA...' --tag lab", "sudo bento host add web --key web.pub --deploy"],
        ["host remove"] = ["sudo bento host remove web --yes"],
        ["host list"] = ["bento host list", "bento host list --json | jq -r '.hosts[] | select(.area | not).host'"],
        ["host freeze"] = ["sudo bento host freeze web --reason 'sale until Friday' --until 2026-12-24T18:00"],
        ["host unfreeze"] = ["sudo bento host unfreeze web"],
        ["build"] = ["bento build", "bento build dry-run --on web", "bento build --on @lab --verbose"],
        ["flake-update"] = ["bento flake-update", "bento flake-update nixpkgs"],
        ["plan"] = ["bento plan", "bento plan --json > plan.json"],
        ["deploy"] =
        [
            "sudo bento deploy", "sudo bento deploy --on web,@lab", "sudo bento deploy --plan plan.json",
            "sudo bento deploy --waves=@canary,10%",
        ],
        ["rollout status"] = ["bento rollout status", "bento rollout status --json"],
        ["rollout continue"] = ["sudo bento rollout continue", "sudo bento rollout continue --resume --wait=2h"],
        ["rollout pause"] = ["bento rollout pause 'until Monday'"],
        ["rollout abort"] = ["sudo bento rollout abort"],
        ["rollout undo"] = ["sudo bento rollout undo"],
        ["refresh"] = ["sudo bento refresh"],
        ["publish"] = ["sudo bento publish prepared"],
        ["sign"] = ["bento sign prepared", "bento sign prepared --key ~/.ssh/id_ed25519"],
        ["status"] = ["bento status", "bento status --on '@lab,!web-3' --json"],
        ["notify"] = ["bento notify", "bento notify -C /srv/fleet"],
        ["diff"] = ["bento diff --on web", "bento diff --on web --nvd"],
        ["history"] = ["bento history", "bento history --limit 50 --json"],
        ["show"] = ["bento show web"],
        ["man"] = ["bento man > bento.1"],
        ["logs"] = ["bento logs web", "bento logs web --follow"],
        ["rollback"] = ["sudo bento rollback web", "sudo bento rollback web --to 5 --reason '502 since noon'"],
        ["doctor"] = ["bento doctor", "sudo bento doctor --json"],
        ["trust show"] = ["bento trust show", "bento trust show --nix"],
        ["trust rotate"] = ["bento trust rotate", "bento trust rotate --key ~/.ssh/id_ed25519"],
        ["trust revoke"] = ["bento trust revoke SHA256:..."],
        ["server sshd-config"] = ["bento server sshd-config --root /srv/bento --hosts 200"],
        ["store check"] = ["bento store check"],
        ["store apply"] = ["bento store apply"],
        ["store export"] = ["bento store export | psql --host db --dbname bento"],
        ["agent once"] = ["bento agent once", "bento agent once --config agent.json"],
        ["agent run"] = ["bento agent run"],
        ["agent status"] = ["bento agent status"],
        ["agent pause"] = ["bento agent pause"],
        ["agent resume"] = ["bento agent resume"],
        ["completion"] = ["eval \"$(bento completion bash)\"", "bento completion fish | source"],
        ["help"] = ["bento help status", "bento help host add"],
    };

    /// <param name="path">The words that lead to the command.</param>
    public static IReadOnlyList<string> Of(string path) => All.GetValueOrDefault(path, []);
}
