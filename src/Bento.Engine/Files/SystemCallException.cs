using System.Runtime.InteropServices;

namespace Bento.Files;

/// <summary>The file system refused something; says what, where and why.</summary>
internal sealed class SystemCallException : IOException
{
    public SystemCallException(Errno errno, string operation, string path, Exception? innerException = null)
        : base($"Cannot {operation} '{path}': {Marshal.GetPInvokeErrorMessage((int)errno)}.", innerException)
    {
        Errno = errno;
        Path = path;
        HResult = (int)errno;
    }

    public Errno Errno { get; }

    public string Path { get; }

    /// <summary>Whether the disk or the quota is full.</summary>
    public bool IsNoSpace => Errno is Errno.NoSpace or Errno.QuotaExceeded;

    /// <summary>Whether somebody has to change owners, modes or mounts first.</summary>
    public bool IsDenied => Errno is Errno.AccessDenied or Errno.NotPermitted or Errno.ReadOnly;

    /// <summary>The failure of the system call that this thread made last.</summary>
    public static SystemCallException Last(string operation, string path) => new((Errno)Marshal.GetLastPInvokeError(), operation, path);

    /// <summary>What .NET says about a failed read or write: on Unix its HResult is the error number.</summary>
    public static SystemCallException From(IOException exception, string operation, string path) =>
        exception as SystemCallException ?? new((Errno)exception.HResult, operation, path, exception);
}
