namespace Bento.Status;

/// <summary>How a state is to be taken.</summary>
public enum StateWeight
{
    /// <summary>All is well.</summary>
    Well,

    /// <summary>It goes on by itself, or nothing is expected of the host.</summary>
    Moving,

    /// <summary>Somebody should look.</summary>
    Wrong,
}
