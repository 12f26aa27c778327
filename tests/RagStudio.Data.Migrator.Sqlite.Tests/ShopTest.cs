namespace RagStudio.Data.Migrator.Sqlite.Tests;

/// <summary>A test with its own <see cref="Shop"/>.</summary>
/// <param name="isCompiled">True if the application embeds compiled migrations.</param>
public abstract class ShopTest(bool isCompiled = false)
{
    protected Shop Shop { get; private set; } = null!;

    /// <summary>True if the application embeds compiled migrations.</summary>
    protected bool IsCompiled => isCompiled;

    [SetUp]
    public void CreateShop() => Shop = new Shop(isCompiled);

    [TearDown]
    public void DisposeShop() => Shop.Dispose();
}
