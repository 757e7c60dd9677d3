using LabEdge.Forwarding;
using LabEdge.Tests.OnDevice;

namespace LabEdge.Tests.Kernels;

/// <summary>The rows that the boards run on their own runtime, through the .NET form of the kernel: both must say the same.</summary>
[TestClass]
public class NetKernelOnDeviceRows : KernelTests
{
    protected override BurstKernel Kernel() => new NetKernel();
}
