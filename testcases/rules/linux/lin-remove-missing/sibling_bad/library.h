/* Of another module in the same folder. */
struct pci_dev;

int library_start(struct pci_dev *pdev, unsigned int irq);
void library_stop(struct pci_dev *pdev);
