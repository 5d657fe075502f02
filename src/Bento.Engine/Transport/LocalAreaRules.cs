using Bento.Files;
using Bento.Hosts;

namespace Bento.Transport;

/// <summary>What would keep a publisher from writing an area, or an sshd from serving it.</summary>
internal static class LocalAreaRules
{
    private const UnixFileMode Writable = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public static IReadOnlyList<string> Check(string root, HostName host, AreaOwnership ownership) => ownership == AreaOwnership.SystemUsers
        ? [.. CheckServed(root, host)]
        : [.. CheckWritable(Path.Combine(root, host.ToString()))];

    /// <summary>How to make the system user of a host.</summary>
    public static string CreateUserStep(HostName host) =>
        $"On NixOS declare users.users.{host} and users.groups.{host}, else run bento host add. Run: useradd --system --user-group --no-create-home --home-dir /var/empty --shell /usr/sbin/nologin {host}";

    private static IEnumerable<string> CheckWritable(string area)
    {
        string[] directories = [area, Path.Combine(area, AreaPath.Content), Path.Combine(area, AreaPath.Logs)];
        return directories
            .Where(directory => FileStatus.Read(directory) is not null
                && NativeMethods.Access(NativeMethods.CurrentDirectory, directory, NativeMethods.MayWriteAndSearch, NativeMethods.AtEffectiveAccess) < 0)
            .Select(directory => $"'{directory}' cannot be written by the user that runs Bento. Run: chown {FileOwner.Current.UserId} {directory}; chmod u+rwx {directory}");
    }

    private static IEnumerable<string> CheckServed(string root, HostName host)
    {
        if (FileOwner.Current.UserId != 0)
        {
            yield return $"Bento runs as user {FileOwner.Current.UserId}, but only root can give areas to system users. Set areas.ownership to current-user, or be root. Run: sudo bento deploy";
        }

        var user = FileOwner.Find(host.ToString());
        if (user is null)
        {
            yield return $"The server has no system user '{host}'. {CreateUserStep(host)}";
        }

        var area = Path.Combine(root, host.ToString());
        foreach (var problem in Components(area).SelectMany(CheckComponent))
        {
            yield return problem;
        }

        if (user is { } owner && FileStatus.Read(area) is { Kind: FileKind.Directory } status)
        {
            foreach (var problem in CheckArea(area, status, host, owner))
            {
                yield return problem;
            }
        }
    }

    /// <summary>What sshd demands of every component of ChrootDirectory, at each login and whatever StrictModes says.</summary>
    private static IEnumerable<string> CheckComponent(string path)
    {
        if (FileStatus.ReadTarget(path) is not { } status)
        {
            yield break;
        }

        if (status.Kind != FileKind.Directory)
        {
            yield return $"'{path}' is {status.Description}, where sshd needs a directory. Run: mv {path} {path}.away";
            yield break;
        }

        if (status.Owner.UserId != 0)
        {
            yield return $"'{path}' belongs to user {status.Owner.UserId}, so sshd refuses every login below it. Run: chown root {path}";
        }

        if ((status.Mode & Writable) != 0)
        {
            yield return $"'{path}' can be written by its group or by others (mode {Convert.ToString((int)status.Mode, 8)}), so sshd refuses every login below it. Run: chmod go-w {path}";
        }
    }

    private static IEnumerable<string> CheckArea(string area, FileStatus status, HostName host, FileOwner user)
    {
        if (status.Owner.GroupId != user.GroupId)
        {
            yield return $"'{area}' does not belong to the group of '{host}', so the host cannot read it. Run: chgrp {user.GroupId} {area}";
        }

        if ((status.Mode & Others) != 0)
        {
            yield return $"'{area}' is open to every user of the server. Run: chmod o= {area}";
        }

        var logs = Path.Combine(area, AreaPath.Logs);
        if (FileStatus.Read(logs) is not { } found)
        {
            yield break;
        }

        if (found.Kind != FileKind.Directory)
        {
            yield return $"'{logs}' is {found.Description}, where the host needs a directory. Run: mv {logs} {logs}.away";
        }
        else if (found.Owner.UserId != user.UserId)
        {
            yield return $"'{logs}' does not belong to '{host}', so the host cannot report. Run: chown {user.UserId}:{user.GroupId} {logs}";
        }
    }

    /// <summary>The directory and all above it, from the top.</summary>
    private static IEnumerable<string> Components(string path)
    {
        var parent = Path.GetDirectoryName(path);
        return parent is null ? [path] : Components(parent).Append(path);
    }
}
