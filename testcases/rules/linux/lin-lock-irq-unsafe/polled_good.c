/* The handler is called as a helper while its interrupt is off. */
#include <linux/console.h>
#include <linux/fs.h>
#include <linux/i2c.h>
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/serial_core.h>
#include <linux/spinlock.h>
#include <linux/timer.h>

struct wire {
	spinlock_t lock;
	int irq, busy;
};

static irqreturn_t wire_interrupt(int irq, void *data)
{
	struct wire *wire = data;

	spin_lock(&wire->lock); /* ok: lin-lock-irq-unsafe */
	wire->busy = 0;
	spin_unlock(&wire->lock);
	return IRQ_HANDLED;
}

int wire_start(struct wire *wire)
{
	return request_irq(wire->irq, wire_interrupt, 0, "wire", wire);
}

static void wire_poll(struct wire *wire)
{
	wire_interrupt(0, wire);
}

static void wire_run(struct wire *wire)
{
	disable_irq(wire->irq);
	wire_poll(wire);
	enable_irq(wire->irq);
}

static int wire_transfer(struct i2c_adapter *adapter, struct i2c_msg *messages, int count)
{
	wire_run(i2c_get_adapdata(adapter));
	return count;
}

/* For calls with interrupts off, which a flag tells. */
static void wire_wait(struct wire *wire, bool is_atomic)
{
	while (is_atomic && wire->busy)
		wire_interrupt(0, wire);
}

static int wire_short(struct i2c_adapter *adapter, u16 address, unsigned short flags, char mode, u8 command, int size,
		      union i2c_smbus_data *data)
{
	wire_wait(i2c_get_adapdata(adapter), mode == I2C_SMBUS_WRITE);
	return 0;
}

static u32 wire_functions(struct i2c_adapter *adapter)
{
	return I2C_FUNC_I2C;
}

const struct i2c_algorithm wire_algorithm = {
	.master_xfer = wire_transfer,
	.smbus_xfer = wire_short,
	.functionality = wire_functions,
};
