using System.CommandLine;
using Bento.Agents;
using Bento.Cli.Terminal;
using Bento.Hosts;

namespace Bento.Cli.Deploy;

/// <summary><c>--target</c> and the variables of bash bento: which machine is activated, and how ssh reaches it.</summary>
internal static class TargetOption
{
    private const string Name = "--target";
    private const string Address = "TARGET_IP";
    private const string SshOptions = "NIX_SSHOPTS";

    public static Option<string?> Create() => new(Name)
    {
        Description =
            "For test and switch: the machine, as ssh names it; the default user is root. $NIX_SSHOPTS adds arguments for ssh. Default: "
                + $"${Address}, else this machine.",
        HelpName = "MACHINE",
    };

    /// <exception cref="InvalidFleetException">It is not a destination, or the arguments are not well quoted.</exception>
    public static SshTarget? Read(CliIo io, string? option)
    {
        if ((option ?? io.Variable(Address)) is not { } destination)
        {
            return null;
        }

        try
        {
            return new SshTarget(destination, ShellWords.Split(io.Variable(SshOptions) ?? string.Empty));
        }
        catch (ArgumentException exception)
        {
            throw new InvalidFleetException(
                [new FleetProblem(option is null ? $"${Address}" : Name, $"'{destination}' is not a destination for ssh.")], exception);
        }
        catch (FormatException exception)
        {
            throw new InvalidFleetException([new FleetProblem($"${SshOptions}", exception.Message)], exception);
        }
    }
}
