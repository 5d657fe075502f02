using System.CommandLine;
using Bento.Cli.Terminal;
using Bento.Configuration.Reading;
using Bento.Rollouts;

namespace Bento.Cli.Deploy;

/// <summary><c>--waves[=WAVES]</c> and <c>--at-once</c>: whether a deploy reaches its hosts in waves.</summary>
internal sealed class WavesOption
{
    public Option<IReadOnlyList<RolloutWave>?> Waves { get; } = new("--waves")
    {
        Description =
            "Publish in waves: numbers of hosts, shares or selectors with ',' between them (@canary,10%). Default: what bento.json says, "
                + "else one host, a tenth, all others.",
        HelpName = "WAVES",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result =>
        {
            var waves = new List<RolloutWave>();
            foreach (var text in result.Tokens is [var token, ..] ? token.Value.Split(',') : [])
            {
                if (WaveSize.TryParse(text, null, out var size))
                {
                    waves.Add(new RolloutWave(size));
                }
                else
                {
                    result.AddError($"'{text}' is not a wave: give a number of hosts (5), a share (10%) or a selector (@canary).");
                }
            }

            return waves;
        },
    };

    public Option<bool> AtOnce { get; } = new("--at-once")
    {
        Description = "Publish to all hosts at once, whatever bento.json says about waves.",
    };

    /// <param name="others">Options that say what to publish in another way.</param>
    public void Exclude(params IReadOnlyList<Option> others) => Waves.Validators.Add(result =>
    {
        if (others.Append(AtOnce).FirstOrDefault(other => result.GetResult(other) is { Implicit: false }) is { } other)
        {
            result.AddError($"--waves and {other.Name} exclude each other.");
        }
    });

    /// <summary>Whether there are waves; null for the ones that were configured.</summary>
    public (bool IsWanted, IReadOnlyList<RolloutWave>? Waves) Read(CliIo io, ParseResult parsed, string bentoDirectory) =>
        parsed.GetValue(AtOnce) ? (false, null)
            : parsed.GetResult(Waves) is { Implicit: false } ? (true, parsed.GetValue(Waves) is { Count: > 0 } waves ? waves : null)

            // What else is wrong with the settings is said when they are used.
            : (Settings.ReadBento(io.Environment, bentoDirectory).Values.Rollout is not null, null);
}
