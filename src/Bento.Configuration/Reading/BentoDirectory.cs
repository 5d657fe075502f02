using Bento.Configuration.BashBento;
using Bento.Hosts;

namespace Bento.Configuration.Reading;

/// <summary>The directory that describes a fleet.</summary>
internal static class BentoDirectory
{
    /// <summary>Any of these makes a directory one.</summary>
    private static readonly string[] Signs = [Settings.BentoFileName, "hosts", "flake.nix", ConfigSh.FileName];

    /// <exception cref="InvalidFleetException">There is no Bento directory at this path.</exception>
    public static void Require(string path)
    {
        if (!Directory.Exists(path))
        {
            throw Invalid(path, $"{(File.Exists(path) ? "Not a directory" : "No such directory")}.");
        }

        if (!Signs.Any(sign => Path.Exists(Path.Join(path, sign))))
        {
            var hint = Above(path) is { } above ? $" Did you mean '{above}'?" : string.Empty;
            throw Invalid(path, $"No Bento directory here (no bento.json, hosts/ or flake.nix).{hint}");
        }
    }

    private static string? Above(string path)
    {
        for (var at = Path.GetDirectoryName(path); at is not null; at = Path.GetDirectoryName(at))
        {
            if (File.Exists(Path.Join(at, Settings.BentoFileName)))
            {
                return at;
            }
        }

        return null;
    }

    private static InvalidFleetException Invalid(string path, string message) => new([new FleetProblem(path, message)
    {
        NextStep = new NextStep("Name another directory, or make one.") { Verb = NextStepVerb.ChooseDirectory },
    }]);
}
