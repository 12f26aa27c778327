namespace RagStudio.Data.SampleApp;

/// <summary>Something that can be bought.</summary>
public sealed class Product
{
    /// <summary>The key.</summary>
    public long Id { get; set; }

    /// <summary>What it is called.</summary>
    public required string Name { get; set; }

    /// <summary>What it costs.</summary>
    public double Price { get; set; }
}
