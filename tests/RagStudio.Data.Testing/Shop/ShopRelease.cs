namespace RagStudio.Data.Testing;

/// <summary>The releases of the shop and its archive together.</summary>
public enum ShopRelease
{
    First,
    Revertible,
    Slow,
    Final,
}
