using Bento.Sftp.Wire;
using Bento.Transport;

namespace Bento.Sftp;

/// <summary>Whether an area, as the server describes it, would be served to its host and to nobody else. Pure.</summary>
internal static class AreaPermissions
{
    private const UnixFileMode OthersMayWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const UnixFileMode OthersMayRead = UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    public static IReadOnlyList<AreaProblem> Check(string path, HostName host, SftpAttributes area) => area switch
    {
        { IsLink: true } => [new AreaProblem($"'{path}' is a symbolic link.", "Look who put it there, then remove it.")],
        { IsDirectory: false } =>
            [new AreaProblem($"'{path}' is not a directory.", $"Run on the server: {ShellCommand.Text("mv", path, path + ".away")}")],
        _ when (area.Permissions & OthersMayWrite) != 0 =>
            [new AreaProblem(
                $"'{path}' can be written by its group or by others, so sshd refuses the login of '{host}'.",
                $"Run on the server: {ShellCommand.Text("chmod", "go-w", path)}")],
        _ when (area.Permissions & OthersMayRead) != 0 =>
            [new AreaProblem(
                $"'{path}' is open to every user of the server.", $"Run on the server: {ShellCommand.Text("chmod", "o=", path)}")],
        _ => [],
    };
}
