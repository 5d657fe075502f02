using System.Text;
using Bento.Files;
using Bento.TestBench.Sshd;
using Microsoft.Win32.SafeHandles;

// probe write <path> <text>   replaces a file; prints "written" when that is durable, else the failure
// probe replace <source> <target>  replaces a directory; prints "replaced", else the failure
// probe sync <directory>      waits until a tree is on disk; prints "synced"
// probe lock <path> <holder>  takes a lock, prints "locked" and keeps it until it is killed or its input ends
// probe evil-sftp <file>      serves SFTP on its standard streams, as the mode says that the file names
switch (args)
{
    case ["write", var path, var text]:
        try
        {
            DurableFile.Write(path, Encoding.UTF8.GetBytes(text), UnixFileMode.UserRead | UnixFileMode.UserWrite);
            Console.WriteLine("written");
            return 0;
        }
        catch (SystemCallException exception)
        {
            Console.WriteLine($"{exception.Errno}: {exception.Message}");
            return 1;
        }

    case ["replace", var source, var target]:
        try
        {
            const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            DurableTree.Replace(
                source, target, new TreeAttributes(Own, Own | UnixFileMode.UserExecute, Owner: null), CancellationToken.None);
            Console.WriteLine("replaced");
            return 0;
        }
        catch (SystemCallException exception)
        {
            Console.WriteLine($"{exception.Errno}: {exception.Message}");
            return 1;
        }

    case ["evil-sftp", var modeFile]:
        // The console's own stream takes a closed pipe for written: an endless answer would outlive its client.
        using (var output = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0))
        {
            try
            {
                new EvilSftp(File.ReadAllText(modeFile), Console.OpenStandardInput(), output).Run();
            }
            catch (IOException)
            {
                // The client is gone.
            }
        }

        return 0;

    case ["sync", var directory]:
        DurableFile.SyncTree(directory);
        Console.WriteLine("synced");
        return 0;

    case ["lock", var path, var holder]:
        using (var taken = FileLock.TryAcquire(path, holder, out var heldBy))
        {
            Console.WriteLine(taken is null ? heldBy : "locked");
            _ = Console.ReadLine();
            return 0;
        }

    default:
        return 2;
}
