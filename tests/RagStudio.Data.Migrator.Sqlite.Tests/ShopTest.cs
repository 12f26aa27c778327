namespace RagStudio.Data.Migrator.Sqlite.Tests;

/// <summary>A test on the databases of a <see cref="Shop"/> of its own.</summary>
public abstract class ShopTest
{
    protected Shop Shop { get; private set; } = null!;

    [SetUp]
    public void CreateShop() => Shop = new Shop();

    [TearDown]
    public void DisposeShop() => Shop.Dispose();
}
