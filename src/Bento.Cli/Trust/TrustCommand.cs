using System.CommandLine;
using Bento.Cli.Composition;
using Bento.Cli.Configuration;
using Bento.Cli.Options;
using Bento.Cli.Terminal;
using Bento.Hosts;
using Bento.Status;
using Bento.Trust;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Trust;

/// <summary><c>bento trust</c>: which keys sign releases, what hosts must trust, and how keys come and go.</summary>
internal static class TrustCommand
{
    private const string KeyFile = ".bento/signing-key";

    public static Command Create(CliIo io) => new("trust", "Show which keys sign releases, and change them.") { Show(io), Rotate(io), Revoke(io) };

    private static Command Show(CliIo io)
    {
        var directory = DirectoryOption.Create();
        var json = SharedOptions.Json();
        var nix = new Option<bool>("--nix") { Description = "Print what hosts must trust as the attribute set of Nix." };
        var command = new Command("show", "Show the keys that sign releases, and what agent.json of every host must trust.") { directory, json, nix };
        command.SetAction((parsed, cancellationToken) => ShowAsync(
            io, DirectoryOption.Read(io, parsed), parsed.GetValue(json), parsed.GetValue(nix), cancellationToken));
        return command;
    }

    private static Command Rotate(CliIo io)
    {
        var directory = DirectoryOption.Create();
        var key = new Option<string?>("--key") { Description = "A key of yours. Default: a new one is made.", HelpName = "FILE" };
        var command = new Command("rotate", "Add a key, so that releases are signed by the old ones and the new one.") { directory, key };
        command.SetAction((parsed, cancellationToken) => RotateAsync(io, DirectoryOption.Read(io, parsed), parsed.GetValue(key), cancellationToken));
        return command;
    }

    private static Command Revoke(CliIo io)
    {
        var directory = DirectoryOption.Create();
        var key = new Argument<string>("KEY") { Description = "Its fingerprint, its file, or the beginning of its comment." };
        var yes = new Option<bool>("--yes", "-y") { Description = "Remove it without asking, also when hosts may trust none of the others." };
        var command = new Command("revoke", "Remove a key, so that it signs no release any more.") { key, yes, directory };
        command.SetAction((parsed, cancellationToken) => RevokeAsync(
            io, DirectoryOption.Read(io, parsed), parsed.GetValue(key)!, parsed.GetValue(yes), cancellationToken));
        return command;
    }

    private static async Task<int> ShowAsync(CliIo io, string directory, bool isJson, bool isNix, CancellationToken cancellationToken)
    {
        var file = Settings.ReadBento(io, directory).OrThrow();
        await using var services = FleetServices.Create(io, directory);
        var entries = await SigningKeyEntry.ReadAsync(services, file, directory, cancellationToken);
        TrustView.Write(io, file, entries, isJson, isNix);
        return entries.All(entry => entry.Key is not null) ? ExitCodes.Success : ExitCodes.Machine;
    }

    private static async Task<int> RotateAsync(CliIo io, string directory, string? own, CancellationToken cancellationToken)
    {
        var file = Settings.ReadBento(io, directory).OrThrow();
        await using var services = FleetServices.Create(io, directory);
        var keys = services.GetRequiredService<ISigningKeys>();
        var before = await SigningKeyEntry.ReadAsync(services, file, directory, cancellationToken);
        SigningKeysFile.RequireChangeable(io, directory);
        var path = own is null ? NewPath(directory) : io.FullPath(own);
        var key = own is null
            ? await keys.CreateAsync(path, $"{Path.GetFileName(path)}@{Environment.MachineName}", cancellationToken)
            : await keys.ReadAsync(path, cancellationToken);
        if (before.Any(entry => entry.Key == key))
        {
            throw new InvalidFleetException([new FleetProblem(path, "This key signs releases already.")]);
        }

        SigningKeysFile.Add(io, directory, path);
        await io.Out.WriteLineAsync(key.ToString());
        await io.Error.WriteLineAsync($"Releases are signed by {key.Fingerprint} too, from the next 'bento deploy' on. Hosts do not trust it yet. Next:");
        await io.Error.WriteLineAsync("  1. Add the line above to services.bento.trust.keys of every host, beside the old keys, and 'bento deploy': the old keys sign that.");
        await io.Error.WriteLineAsync("  2. When 'bento status' shows every host up to date: 'bento trust revoke' the old key, and 'bento refresh'.");
        await io.Error.WriteLineAsync("  3. Remove the old key from services.bento.trust.keys of every host, and 'bento deploy'.");
        return ExitCodes.Success;
    }

    private static async Task<int> RevokeAsync(CliIo io, string directory, string text, bool isSure, CancellationToken cancellationToken)
    {
        var file = Settings.ReadBento(io, directory).OrThrow();
        await using var services = FleetServices.Create(io, directory);
        var entries = await SigningKeyEntry.ReadAsync(services, file, directory, cancellationToken);
        var place = SigningKeyEntry.Find(entries, text, io.WorkingDirectory ?? directory);
        var left = entries.Count - 1;
        if (left < int.Max(1, file.Signing.Threshold ?? 1))
        {
            throw new InvalidFleetException([new FleetProblem(entries[place].File, left == 0
                ? "It is the last key: without one no host takes a release any more. 'bento trust rotate' adds another one first."
                : $"{left} keys would be left, and signing.threshold is {file.Signing.Threshold}. 'bento trust rotate' adds another one first.")]);
        }

        var remaining = entries.Where((_, index) => index != place).Select(entry => entry.Key).OfType<PublicKey>().ToList();
        if (!await KeyHandoverQuestion.AskAsync(io, services.GetRequiredService<IKeyHandover>(), remaining, file.Signing.Threshold ?? 1, isSure, cancellationToken))
        {
            return ExitCodes.HostFailed;
        }

        SigningKeysFile.Remove(io, directory, place, entries[place].File);
        await io.Out.WriteLineAsync(entries[place].Key?.ToString() ?? entries[place].File);
        await io.Error.WriteLineAsync("It signs no release any more; 'bento refresh' takes its signature from the current ones.");
        await io.Error.WriteLineAsync("Every host still trusts it, until its own configuration does not: remove it from services.bento.trust.keys of every host, and 'bento deploy'.");
        await io.Error.WriteLineAsync($"The file stays where it is: {entries[place].Path}.");
        return ExitCodes.Success;
    }

    private static string NewPath(string directory)
    {
        for (var number = 2; ; number++)
        {
            var path = Path.Join(directory, $"{KeyFile}-{number}");
            if (!Path.Exists(path) && !Path.Exists(path + ".pub"))
            {
                return path;
            }
        }
    }
}
