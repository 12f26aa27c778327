namespace RagStudio.Data.Migrator.Sqlite.Tests;

/// <summary>A test on the databases of a <see cref="Shop"/> of its own.</summary>
/// <param name="isCompiled">Whether the application brings its migrations compiled.</param>
public abstract class ShopTest(bool isCompiled = false)
{
    protected Shop Shop { get; private set; } = null!;

    /// <summary>Whether the application brings its migrations compiled.</summary>
    protected bool IsCompiled => isCompiled;

    [SetUp]
    public void CreateShop() => Shop = new Shop(isCompiled);

    [TearDown]
    public void DisposeShop() => Shop.Dispose();
}
