namespace Bento.Hosts;

/// <summary>What a host gets.</summary>
public enum Delivery
{
    /// <summary>Its configuration: it evaluates that and builds its system.</summary>
    Configuration,

    /// <summary>Its system, with all that this needs: it evaluates and builds nothing.</summary>
    System,
}
