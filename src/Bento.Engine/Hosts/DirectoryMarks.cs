namespace Bento.Hosts;

/// <summary>
/// Bento's own files in a configuration directory: empty files whose presence says something. They are policy, never content.
/// </summary>
[Flags]
internal enum DirectoryMarks
{
    None = 0,
    SelfUpdate = 1,
    Reboot = 2,
    EvaluateOnly = 4,
}
