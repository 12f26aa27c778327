namespace RagStudio.Data.SampleApp;

/// <summary>A product.</summary>
public sealed class Product
{
    /// <summary>The key.</summary>
    public long Id { get; set; }

    /// <summary>The name.</summary>
    public required string Name { get; set; }

    /// <summary>The price.</summary>
    public double Price { get; set; }
}
