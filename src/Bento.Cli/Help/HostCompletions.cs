using System.CommandLine;
using System.CommandLine.Completions;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Bento.Cli.Composition;
using Bento.Cli.Options;
using Bento.Cli.Terminal;
using Bento.Configuration.Json;
using Bento.Configuration.Reading;
using Bento.Hosts;
using Bento.Status;
using Microsoft.Extensions.DependencyInjection;

namespace Bento.Cli.Help;

/// <summary>
/// Completes the names of hosts, and tags and states for <c>--on</c>: the hosts in bento.json, those of the last evaluation and the
/// directories below hosts/. Nothing is evaluated and no server is asked for it.
/// </summary>
internal static class HostCompletions
{
    private static readonly char[] Separators = [',', '+', '!'];

    /// <summary>Somebody types and waits.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    public static void Attach(Command command, CliIo io)
    {
        foreach (var option in command.Options.Where(option => option.Name == "--on"))
        {
            option.CompletionSources.Add(context => Selectors(io, context));
        }

        foreach (var argument in command.Arguments.Where(argument => argument.ValueType == typeof(HostName)))
        {
            argument.CompletionSources.Add(context => Known(io, context).Hosts.Select(host => new CompletionItem(host, detail: "host")));
        }

        foreach (var argument in command.Arguments.Where(argument => argument.ValueType == typeof(HostSelector)))
        {
            argument.CompletionSources.Add(context => Selectors(io, context));
        }

        foreach (var child in command.Subcommands)
        {
            Attach(child, io);
        }
    }

    /// <summary>A selector has several words: the last one is completed, the others stay.</summary>
    private static IEnumerable<CompletionItem> Selectors(CliIo io, CompletionContext context)
    {
        var word = context.WordToComplete;
        var before = word[..(word.LastIndexOfAny(Separators) + 1)];
        var (hosts, tags) = Known(io, context);
        return hosts.Select(host => new CompletionItem(before + host, detail: "host"))
            .Concat(tags.Select(tag => new CompletionItem($"{before}@{tag}", detail: "tag")))
            .Concat(word.Length > before.Length && word[before.Length] == ':' ? States(before) : []);
    }

    /// <summary>Only for who begins with the colon: there are many.</summary>
    private static IEnumerable<CompletionItem> States(string before) =>
        StateFactors.Words.Select(state => new CompletionItem($"{before}:{state}", detail: "state"));

    private static (IReadOnlyList<string> Hosts, IReadOnlyList<string> Tags) Known(CliIo io, CompletionContext context)
    {
        try
        {
            var directory = DirectoryOption.Read(io, context.ParseResult);
            var said = Settings.ReadBento(io.Environment, directory).OrThrow().Hosts;
            var hosts = Path.Join(directory, "hosts");
            var described = Directory.Exists(hosts)
                ? Directory.EnumerateDirectories(hosts).Where(IsHost).Select(path => Path.GetFileName(path))
                : [];
            return ([.. said.Keys.Union(described).Union(Remembered(io, directory)).Order(StringComparer.Ordinal)], [
                .. said.Values.SelectMany(host => host.Tags).Distinct().Order(StringComparer.Ordinal),
            ]);
        }
        catch (Exception exception) when (exception is BentoException or IOException or UnauthorizedAccessException or JsonException)
        {
            // Somebody types: this is not a place for an error.
            return ([], []);
        }
    }

    private static IEnumerable<string> Remembered(CliIo io, string directory)
    {
        using var services = FleetServices.Create(io with { Error = TextWriter.Null }, directory);
        return services.GetRequiredService<IHostRegistry>().ListRemembered().Select(host => host.ToString());
    }

    /// <summary>A flake says itself which hosts it has: its directory may be called like none of them.</summary>
    private static bool IsHost(string directory)
    {
        var name = Path.GetFileName(directory);
        var flake = Path.Join(directory, "flake.nix");
        return HostName.TryParse(name, out _) && (!File.Exists(flake) || Regex.IsMatch(
            Encoding.UTF8.GetString(BoundedFile.Read(flake, Patience)), $@"(?<![\w-]){name}(?![\w-])", RegexOptions.CultureInvariant));
    }
}
