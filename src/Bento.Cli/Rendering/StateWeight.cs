namespace Bento.Cli.Rendering;

/// <summary>How a state is to be taken.</summary>
internal enum StateWeight
{
    /// <summary>All is well.</summary>
    Well,

    /// <summary>It goes on by itself.</summary>
    Moving,

    /// <summary>Somebody should look.</summary>
    Wrong,
}
