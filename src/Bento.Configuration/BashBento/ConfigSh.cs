using System.Globalization;
using Bento.Configuration.Documents;
using Bento.Configuration.Json;
using Bento.Hosts;

namespace Bento.Configuration.BashBento;

/// <summary><c>config.sh</c> of bash bento, for a directory that has no <c>bento.json</c> yet. It is read as data and never run.</summary>
/// <param name="File">What it says, in Bento's words.</param>
/// <param name="Remarks">What it says and Bento does not heed, each with its line.</param>
internal sealed record ConfigSh(BentoFile File, IReadOnlyList<FleetProblem> Remarks)
{
    public const string FileName = "config.sh";

    /// <summary>Where its settings stand, by their names in bento.json.</summary>
    public IReadOnlyDictionary<string, string> Lines { get; private init; } = new Dictionary<string, string>();

    private const int DefaultPort = 22;

    /// <exception cref="InvalidFleetException">It cannot be read, or gives something that matters a value that only a shell could
    /// tell.</exception>
    public static ConfigSh Read(string path)
    {
        var (assignments, others) = ShellAssignments.Read(System.Text.Encoding.UTF8.GetString(BoundedFile.Read(path)));
        var remarks = others.Select(line => At(line, "Ignored: only NAME=value lines and comments are read; nothing is run.")).ToList();
        var problems = new List<FleetProblem>();
        var file = new BentoFile();
        var bootstrap = new BootstrapSection();
        var lines = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (line, name, value) in assignments)
        {
            if (name is not ("CHROOT_DIR" or "REMOTE_IP" or "REMOTE_PORT"))
            {
                remarks.Add(At(line, name == "TIMEOUT"
                    ? "TIMEOUT is ignored: Bento has its own time limits."
                    : $"{name} is ignored: Bento has no such setting in a file. Variables that bash bento read from the environment "
                        + "still work there."));
            }
            else if (value is null)
            {
                problems.Add(
                    At(
                        line,
                        $"The value of {name} needs a shell, and this file is never run.") with
                    {
                        NextStep = new NextStep("Write the value out, or convert the file.") { Verb = NextStepVerb.CreateFleet },
                    });
            }
            else if (name == "CHROOT_DIR" && value.Length == 0)
            {
                problems.Add(At(line, "CHROOT_DIR is empty. Name the directory that holds the areas, or remove the line."));
            }
            else if (name == "CHROOT_DIR")
            {
                lines["areas.directory"] = PlaceOf(line, name);
                file.Areas = new AreasSection { Directory = value, Ownership = "system-users" };
            }
            else if (name == "REMOTE_IP")
            {
                lines["bootstrap.host"] = PlaceOf(line, name);
                bootstrap.Host = value;
            }
            else if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                && port is > 0 and <= ushort.MaxValue)
            {
                lines["bootstrap.port"] = PlaceOf(line, name);
                bootstrap.Port = port;
            }
            else if (value.Length > 0)
            {
                problems.Add(At(line, $"'{value}' is not a port: give a number from 1 to {ushort.MaxValue}. Default: {DefaultPort}."));
            }
        }

        // Its hosts lie below hosts/, also where a flake at the root makes a package of bash bento itself.
        file.Layout = Directory.Exists(Path.Join(Path.GetDirectoryName(path), "hosts")) ? "hosts" : file.Layout;
        file.Bootstrap = bootstrap.Host.Length > 0 ? bootstrap : null;
        return problems.Count == 0 ? new ConfigSh(file, remarks) { Lines = lines } : throw new InvalidFleetException(problems);
    }

    private static FleetProblem At(int line, string message) => new(Line(line), message);

    private static string PlaceOf(int line, string name) => $"{Line(line)}: {name}";

    private static string Line(int number) => string.Create(CultureInfo.InvariantCulture, $"{FileName} line {number}");
}
