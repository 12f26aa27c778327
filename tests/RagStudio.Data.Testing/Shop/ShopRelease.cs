namespace RagStudio.Data.Testing;

/// <summary>The releases that the shop and its archive can be at together.</summary>
public enum ShopRelease
{
    First,
    Revertible,
    Slow,
    Final,
}
