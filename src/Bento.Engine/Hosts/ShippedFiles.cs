namespace Bento.Hosts;

/// <summary>Which files of a configuration directory are shipped. What <c>.bentoignore</c> names never is.</summary>
public enum ShippedFiles
{
    /// <summary>
    /// In a git work tree what git tracks, as it is now, and what it does not ignore; elsewhere everything. Of what git does not track,
    /// private keys, environments, disk images and what other tools fetched stay at home.
    /// </summary>
    Auto,

    /// <summary>In a git work tree only what git tracks, as it is now; elsewhere as <see cref="Auto"/>.</summary>
    Tracked,

    /// <summary>Everything, whatever git says, but for what <see cref="Auto"/> leaves out where there is no git.</summary>
    All,
}
