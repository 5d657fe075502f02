using System.CommandLine;
using Bento.Cli.Composition;
using Bento.Cli.Options;
using Bento.Cli.Terminal;
using Bento.Configuration.Editing;
using Bento.Configuration.Reading;
using Bento.Hosts;
using Bento.Protocol;
using Bento.Status;
using Bento.Trust;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Trust;

/// <summary><c>bento trust</c>: which keys sign releases, what hosts must trust, and how keys come and go.</summary>
internal static class TrustCommand
{
    private const string KeyFile = ".bento/signing-key";

    public static Command Create(CliIo io) =>
        new("trust", "Show, add and remove the keys that sign releases.") { Show(io), Rotate(io), Revoke(io) };

    private static Command Show(CliIo io)
    {
        var directory = DirectoryOption.Create();
        var json = SharedOptions.Json();
        var nix = new Option<bool>("--nix") { Description = "Print what hosts must trust as a Nix attribute set." };
        var command = new Command("show", "Show the keys that sign releases, and what every host must trust.") { directory, json, nix };
        command.SetAction((parsed, cancellationToken) => ShowAsync(
            io, DirectoryOption.Read(io, parsed), parsed.GetValue(json), parsed.GetValue(nix), cancellationToken));
        return command;
    }

    private static Command Rotate(CliIo io)
    {
        var directory = DirectoryOption.Create();
        var key = new Option<string?>("--key") { Description = "An existing key. Default: create one.", HelpName = "FILE" };
        var command = new Command("rotate", "Add a key: releases are then signed by the old keys and the new one.") { directory, key };
        command.SetAction(
            (parsed, cancellationToken) => RotateAsync(io, DirectoryOption.Read(io, parsed), parsed.GetValue(key), cancellationToken));
        return command;
    }

    private static Command Revoke(CliIo io)
    {
        var directory = DirectoryOption.Create();
        var key = new Argument<string>("KEY") { Description = "The fingerprint, the file, or the beginning of the comment of the key." };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask, even if hosts may not trust the remaining keys." };
        var command = new Command("revoke", "Remove a key: it no longer signs releases.") { key, yes, directory };
        command.SetAction((parsed, cancellationToken) => RevokeAsync(
            io, DirectoryOption.Read(io, parsed), parsed.GetValue(key)!, parsed.GetValue(yes), cancellationToken));
        return command;
    }

    private static async Task<int> ShowAsync(CliIo io, string directory, bool isJson, bool isNix, CancellationToken cancellationToken)
    {
        var file = Settings.ReadBento(io.Environment, directory).OrThrow();
        await using var services = FleetServices.Create(io, directory);
        var entries = await SigningKeyEntry.ReadAsync(services, file, directory, cancellationToken);
        TrustView.Write(io, file, entries, isJson, isNix);
        return entries.All(entry => entry.Key is not null) ? ExitCodes.Success : ExitCodes.Machine;
    }

    private static async Task<int> RotateAsync(CliIo io, string directory, string? own, CancellationToken cancellationToken)
    {
        var file = Settings.ReadBento(io.Environment, directory).OrThrow();
        await using var services = FleetServices.Create(io, directory);
        var keys = services.GetRequiredService<ISigningKeys>();
        var before = await SigningKeyEntry.ReadAsync(services, file, directory, cancellationToken);
        SigningKeysFile.RequireChangeable(io.Environment, directory);
        var path = own is null ? NewPath(directory) : io.FullPath(own);
        var key = own is null
            ? await keys.CreateAsync(path, $"{Path.GetFileName(path)}@{Environment.MachineName}", cancellationToken)
            : await keys.ReadAsync(path, cancellationToken);
        if (before.Any(entry => entry.Key == key))
        {
            throw new InvalidFleetException([new FleetProblem(path, "This key already signs releases.")]);
        }

        SigningKeysFile.Add(io.Environment, directory, path);
        await io.Out.WriteLineAsync(key.ToString());
        await io.Error.WriteLineAsync(
            $"From the next 'bento deploy' on, releases are also signed by {key.Fingerprint}. Hosts do not trust it yet. Next:");
        await io.Error.WriteLineAsync(
            "  1. Add the line above to services.bento.trust.keys of every host, beside the old keys, and run 'bento deploy': the old "
                + "keys sign it.");
        await io.Error.WriteLineAsync(
            "  2. When 'bento status' shows every host up to date, run 'bento trust revoke' with the old key, then 'bento refresh'.");
        await io.Error.WriteLineAsync("  3. Remove the old key from services.bento.trust.keys of every host, and run 'bento deploy'.");
        return ExitCodes.Success;
    }

    private static async Task<int> RevokeAsync(CliIo io, string directory, string text, bool isSure, CancellationToken cancellationToken)
    {
        var file = Settings.ReadBento(io.Environment, directory).OrThrow();
        await using var services = FleetServices.Create(io, directory);
        var entries = await SigningKeyEntry.ReadAsync(services, file, directory, cancellationToken);
        var place = SigningKeyEntry.Find(entries, text, io.WorkingDirectory ?? directory);
        var left = entries.Count - 1;
        if (left < int.Max(1, file.Signing.Threshold ?? 1))
        {
            throw new InvalidFleetException([new FleetProblem(entries[place].File, left == 0
                ? "This is the last key, and without one hosts take no more releases. Add another key first: bento trust rotate"
                : $"{left} keys would be left, but signing.threshold is {file.Signing.Threshold}. "
                    + "Add another key first: bento trust rotate"),
                ]);
        }

        var remaining = entries.Where((_, index) => index != place).Select(entry => entry.Key).OfType<SshPublicKey>().ToList();
        if (!await KeyHandoverQuestion.AskAsync(
            io, services.GetRequiredService<IKeyHandover>(), remaining, file.Signing.Threshold ?? 1, isSure, cancellationToken))
        {
            return ExitCodes.HostFailed;
        }

        SigningKeysFile.Remove(io.Environment, directory, place, entries[place].File);
        await io.Out.WriteLineAsync(entries[place].Key?.ToString() ?? entries[place].File);
        await io.Error.WriteLineAsync("This key no longer signs releases. To remove its signature from the current ones: bento refresh");
        await io.Error.WriteLineAsync(
            "Hosts still trust it. Remove it from services.bento.trust.keys of every host, and run 'bento deploy'.");
        await io.Error.WriteLineAsync($"The file was kept: {entries[place].Path}");
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
