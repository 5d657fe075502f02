using System.Globalization;
using Bento.Hosts;

namespace Bento.Cli.Configuration;

/// <summary><c>config.sh</c> of bash bento, for a directory that has no <c>bento.json</c> yet. It is read as data and never run.</summary>
/// <param name="File">What it says, in Bento's words.</param>
/// <param name="Remarks">What it says and Bento does not heed, each with its line.</param>
internal sealed record ConfigSh(BentoFile File, IReadOnlyList<FleetProblem> Remarks)
{
    public const string FileName = "config.sh";
    private const int DefaultPort = 22;

    /// <exception cref="InvalidFleetException">It cannot be read, or gives something that matters a value that only a shell could tell.</exception>
    public static ConfigSh Read(string path)
    {
        var (assignments, others) = ShellAssignments.Read(System.Text.Encoding.UTF8.GetString(BoundedFile.Read(path)));
        var remarks = others.Select(line => At(line, "It is ignored: only lines NAME=value and comments are read, nothing is run.")).ToList();
        var problems = new List<FleetProblem>();
        var file = new BentoFile();
        var bootstrap = new BootstrapSection();
        foreach (var (line, name, value) in assignments)
        {
            if (name is not ("CHROOT_DIR" or "REMOTE_IP" or "REMOTE_PORT"))
            {
                remarks.Add(At(line, name == "TIMEOUT"
                    ? "TIMEOUT is ignored: the time limits of Bento hold."
                    : $"{name} is ignored: Bento has no such setting. What bash bento read from the environment is read from there."));
            }
            else if (value is null)
            {
                problems.Add(At(line, $"Only a shell could tell what {name} is, and this file is never run. Write the value out, or let 'bento init' make a bento.json."));
            }
            else if (name == "CHROOT_DIR" && value.Length == 0)
            {
                problems.Add(At(line, "CHROOT_DIR is empty: say where the areas lie, or remove the line."));
            }
            else if (name == "CHROOT_DIR")
            {
                file.Areas = new AreasSection { Directory = value, Ownership = "system-users" };
            }
            else if (name == "REMOTE_IP")
            {
                bootstrap.Host = value;
            }
            else if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= ushort.MaxValue)
            {
                bootstrap.Port = port;
            }
            else if (value.Length > 0)
            {
                problems.Add(At(line, $"'{value}' is no port: a number from 1 to {ushort.MaxValue}; without one it is {DefaultPort}."));
            }
        }

        file.Bootstrap = bootstrap.Host.Length > 0 ? bootstrap : null;
        return problems.Count == 0 ? new ConfigSh(file, remarks) : throw new InvalidFleetException(problems);
    }

    private static FleetProblem At(int line, string message) => new(string.Create(CultureInfo.InvariantCulture, $"{FileName} line {line}"), message);
}
