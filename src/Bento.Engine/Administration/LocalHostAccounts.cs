using Bento.Files;
using Bento.Processes;
using Bento.Protocol;
using Bento.Transport;
using Microsoft.Extensions.Options;

namespace Bento.Administration;

/// <summary>Accounts on this machine: made by its own programs for that, so that what is printed and what is done is the same.</summary>
internal sealed class LocalHostAccounts(IOptions<LocalDirectoryOptions> options, IProcessRunner processes) : IHostAccounts
{
    private const int MaxKeyBytes = 64 * 1024;
    private const string NixosMark = "/etc/NIXOS";
    private const string SystemdRuntime = "/run/systemd/system";

    private readonly LocalDirectoryOptions _options = options.Value;

    public string? ManualReason =>
        File.Exists(NixosMark) ? "on NixOS accounts are declared: import fleet.nix in the configuration of this server"
        : Environment.IsPrivilegedProcess ? null
        : "only root can make accounts";

    public async Task<IReadOnlyList<ServerStep>> PlanAsync(HostName host, SshPublicKey key, CancellationToken cancellationToken) =>
        _options.Ownership switch
        {
            AreaOwnership.CurrentUser => [],
            _ when File.Exists(NixosMark) => [new ServerStep("the account, from fleet.nix", ["nixos-rebuild", "switch"])],
            _ => AccountSteps.Add(host, key, await LookAsync(host, cancellationToken).ConfigureAwait(false)),
        };

    public async Task<IReadOnlyList<ServerStep>> PlanRemovalAsync(HostName host, bool withArea, CancellationToken cancellationToken)
    {
        var facts = await LookAsync(host, cancellationToken).ConfigureAwait(false);
        return AccountSteps.Remove(
            host, withArea, _options.Ownership == AreaOwnership.CurrentUser ? facts with { HasUser = false, Keys = null } : facts);
    }

    public async Task ApplyAsync(IReadOnlyList<ServerStep> steps, CancellationToken cancellationToken)
    {
        foreach (var step in steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var outcome = await RunAsync(step, cancellationToken).ConfigureAwait(false);
            if (!outcome.IsSuccess)
            {
                throw Failed(
                    step,
                    PlainText.OfLines(outcome.Error).Trim() is { Length: > 0 } said ? said : $"it ended with {outcome.ExitCode}.",
                    null);
            }
        }
    }

    private async Task<ProcessOutcome> RunAsync(ServerStep step, CancellationToken cancellationToken)
    {
        try
        {
            return await processes.RunAsync(
                new ProcessCommand(step.Command[0], [.. step.Command.Skip(1)]) { Input = System.Text.Encoding.UTF8.GetBytes(step.Input) },
                cancellationToken).ConfigureAwait(false);
        }
        catch (ProcessStartException exception)
        {
            throw Failed(step, exception.Message, exception);
        }
    }

    private async Task<AccountFacts> LookAsync(HostName host, CancellationToken cancellationToken) => new(_options.Directory)
    {
        HasGroup = FileOwner.FindGroup(SshdConfiguration.DefaultGroup) is not null,
        HasUser = FileOwner.Find(host.ToString()) is not null,
        IsHost = await IsHostAsync(host, cancellationToken).ConfigureAwait(false),
        Objection = SystemUser.Find(host.ToString()) is { } user ? HostAccountRule.FindObjection(user, _options.Directory) : null,
        HasSessions = await HasSessionsAsync(host, cancellationToken).ConfigureAwait(false),
        Keys = PlainFile.ReadAll(AccountSteps.KeyFile(host), MaxKeyBytes) is { } keys ? System.Text.Encoding.UTF8.GetString(keys) : null,
        HasArea = Directory.Exists(Path.Join(_options.Directory, host.ToString())),
        Foreign = Foreign(Path.Join(_options.Directory, host.ToString())),
        Sshd = SshdFile.Read(),
        SshdUnit = Directory.Exists(SystemdRuntime) ? File.Exists("/etc/debian_version") ? "ssh.service" : "sshd.service" : null,
    };

    private static IReadOnlyList<string> Foreign(string area)
    {
        try
        {
            return Directory.Exists(area)
                ? AreaMarks.Foreign(Directory.EnumerateFileSystemEntries(area).Select(path => Path.GetFileName(path)))
                : [];
        }
        catch (UnauthorizedAccessException)
        {
            // Who may not look may not remove either.
            return [];
        }
    }

    /// <summary>The groups of a user come from wherever the machine keeps them: its own program for that asks there.</summary>
    private async Task<bool> IsHostAsync(HostName host, CancellationToken cancellationToken)
    {
        var outcome = await RunAsync(
            new ServerStep("the groups of the account", ["id", "-nG", host.ToString()]), cancellationToken).ConfigureAwait(false);
        return outcome.IsSuccess
            && outcome.Output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Contains(SshdConfiguration.DefaultGroup);
    }

    private async Task<bool> HasSessionsAsync(HostName host, CancellationToken cancellationToken) =>
        FileOwner.Find(host.ToString()) is not null
        && (await RunAsync(new ServerStep("the sessions of the account", ["pgrep", "--euid", host.ToString()]), cancellationToken)
            .ConfigureAwait(false)).IsSuccess;

    private static TransportException Failed(ServerStep step, string why, Exception? cause) =>
        new(TransportFailure.Other, $"The server could not be given {step.Purpose}: {why}", cause)
        {
            NextStep = $"Run it by hand to see more: {step}",
        };
}
