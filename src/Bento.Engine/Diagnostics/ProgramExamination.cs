using System.Runtime.CompilerServices;
using Bento.Building;
using Bento.Building.Programs;
using Bento.Hosts;
using Bento.Processes;
using Bento.Trust;
using Microsoft.Extensions.Options;

namespace Bento.Diagnostics;

/// <summary>The programs that Bento runs: Nix always, ssh-keygen where releases are signed, age where there are secrets.</summary>
internal sealed class ProgramExamination(
    NixTool nix, IProcessRunner processes, IOptions<SigningOptions> signing, IOptions<BentoOptions> bento) : IExamination
{
    public string Subject => "programs";

    public async IAsyncEnumerable<Finding> LookAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await NixAsync(cancellationToken).ConfigureAwait(false) is { } broken)
        {
            yield return broken;
        }

        if (signing.Value.KeyFiles.Count > 0 && await IsMissingAsync("ssh-keygen", "-?", cancellationToken).ConfigureAwait(false))
        {
            yield return Missing("ssh-keygen", "signs releases", "openssh-client", "openssh");
        }

        if (HasSecrets() && await IsMissingAsync("age", "--version", cancellationToken).ConfigureAwait(false))
        {
            yield return Missing("age", "encrypts secrets", "age", "age");
        }
    }

    /// <summary>Asks the store for something that costs nothing: that Nix starts does not say that it works.</summary>
    private async Task<Finding?> NixAsync(CancellationToken cancellationToken)
    {
        try
        {
            _ = await nix.RunOrThrowAsync(
                new NixCommands("nix-instantiate", ["--eval", "--expr", "1"]), cancellationToken).ConfigureAwait(false);
            _ = await nix.RunOrThrowAsync(new NixCommands("nix-store", ["--query", "--roots"]), cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (NixException exception)
        {
            return new Finding
            {
                Subject = Subject,
                Kind = FindingKind.Problem,
                Message = exception.Message,
                NextStep = exception.NextStep ?? "Check it with: nix-instantiate --eval --expr 1",
            };
        }
    }

    private async Task<bool> IsMissingAsync(string program, string argument, CancellationToken cancellationToken)
    {
        try
        {
            _ = await processes.RunAsync(new ProcessCommand(program, [argument]), cancellationToken).ConfigureAwait(false);
            return false;
        }
        catch (ProcessStartException)
        {
            return true;
        }
    }

    private bool HasSecrets() =>
        Directory.Exists(Path.Join(bento.Value.Directory, "secrets"))
        || (Directory.Exists(Path.Join(bento.Value.Directory, BentoFiles.HostsDirectory))
            && Directory.EnumerateDirectories(Path.Join(bento.Value.Directory, BentoFiles.HostsDirectory))
                .Any(host => Directory.Exists(Path.Join(host, "secrets"))));

    private Finding Missing(string program, string purpose, string package, string attribute) =>
        new()
        {
            Subject = Subject,
            Kind = FindingKind.Problem,
            Message = $"There is no {program} on the PATH, which {purpose}.",
            NextStep = $"Run: apt-get install {package}; on NixOS add pkgs.{attribute} to environment.systemPackages",
        };
}
